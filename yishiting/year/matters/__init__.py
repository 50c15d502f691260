"""区级办理事项 District matters: screened, advised on, decided in a chain of bodies, dispatched, answered and rated."""
