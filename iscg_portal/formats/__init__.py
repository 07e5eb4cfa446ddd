"""How days are printed in the admin, in the languages whose habit here differs from Django's."""
