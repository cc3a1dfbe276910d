"""The demo town: made-up customers of a made-up clothing chain, as the events that its systems would send."""
