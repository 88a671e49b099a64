"""What the regulations of several directorates say in the same words: notes, missing papers, calls with sealed answers."""
