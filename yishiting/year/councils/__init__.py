"""协商会 Councils: councils, their terms and seats, candidates, elections, representatives."""
