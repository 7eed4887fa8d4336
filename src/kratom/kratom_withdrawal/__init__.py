"""Dependence on kratom and withdrawal from it."""
