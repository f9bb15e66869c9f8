"""Every edition, judged by checkers that are not ours."""
