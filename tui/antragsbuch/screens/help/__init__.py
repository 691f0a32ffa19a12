"""The help of where one stands."""
