"""Files and pictures that come with a case: believed by their content, kept once, examined beside."""
