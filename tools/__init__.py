"""What developers of this project run; nothing of it is needed to run the mall."""
