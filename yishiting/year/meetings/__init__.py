"""会议 Meetings: convening, sign-in, agenda, votes, minutes, resolutions."""
