"""What people who use kratom said of opioid withdrawal."""
