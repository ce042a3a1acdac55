"""The layout for words: how often which are used, and each in its context, to be read and coded."""
