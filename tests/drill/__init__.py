"""The long drills: the service attacked, killed and measured, bounded in time; `make drill` runs them all."""
