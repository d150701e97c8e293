"""The words of the product in its languages: Chinese in the source, English beside it."""
