"""政策程序问题 Inquiries: what a desk or a council asks the office above about policy and procedure, and the answers."""
