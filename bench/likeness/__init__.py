"""What agreement is worth: made-up people whose records are known to be theirs, and the weights measured on them."""
