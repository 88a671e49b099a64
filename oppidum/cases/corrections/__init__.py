"""What an officer does to a file itself: corrections of its answers, and a file that holds two matters made two."""
