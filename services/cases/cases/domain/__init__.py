"""The decisions of the cases service: pure, and blind to what personal fields say."""
