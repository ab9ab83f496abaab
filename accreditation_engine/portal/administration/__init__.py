"""What administrators do: roles, organisations in numbers, schemes and their editions."""
