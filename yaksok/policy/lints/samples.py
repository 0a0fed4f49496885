"""What several samples of the rules have in common. TOML, to be laid over a document."""

AGE_BOX = """
[[forms.checkout_guest.boxes]]
name = "age_attested"
text = { ko = "주문하는 분과 받는 분은 모두 만 14세 이상이에요.", en = "Both are 14 or older." }
required = true
attests = "age_class"
"""
"""The one box that a guest's order form cannot be without; further boxes may follow it."""
