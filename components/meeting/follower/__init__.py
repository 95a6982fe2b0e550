"""What a phone in the room has: its page, the stream that it holds, and the answers that it sends."""
