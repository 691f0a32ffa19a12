"""Reports: findings in the form that their reader takes, a person or a program."""
