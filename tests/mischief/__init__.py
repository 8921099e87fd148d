"""What strangers put into a repository, as tables of attempts."""
