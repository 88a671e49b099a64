"""The digital service desk (S56): tickets of officers and communes, and the agreements by which communes share services."""
