"""What has to be said on which day: terms that end, vacancies, deadlines, reports that are due."""
