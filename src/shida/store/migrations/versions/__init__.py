"""Schema migrations, oldest first; append only."""
