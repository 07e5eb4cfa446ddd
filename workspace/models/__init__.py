"""What the workspace keeps."""
