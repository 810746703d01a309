"""`python dying_press.py STEP FOLDER NOW`: makes batches and kills itself with -9 at a step, as a crash would."""

import os
import signal
import sys
from datetime import datetime
from pathlib import Path

from eventkit.application import Application
from notifications.definition import definition
from notifications.letters.letter import Letter, render
from notifications.letters.sender import sender_of
from notifications.printing.press import Press
from servicekit.process import make_engine
from servicekit.settings import load


def main(step: str, folder: Path, now: datetime) -> None:
    settings = load(definition.all_settings(), os.environ)
    app = Application("notifications", make_engine(settings.DATABASE_URL), definition.registry, definition.publish,
                      lambda: now)
    sender = sender_of(settings)
    rendered = []

    def die_at(reached: str) -> None:
        if reached == step:
            os.kill(os.getpid(), signal.SIGKILL)

    def render_counting(letter: Letter) -> bytes:
        rendered.append(letter.letter_id)
        if len(rendered) == 2:
            die_at("rendering the second letter")
        return render(letter, sender)

    press = Press(app, settings.PERSONAL_KEYS, sender, settings.AGENCY_TIME_ZONE, reached=die_at,
                  render_letter=render_counting)
    press.run(folder)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), datetime.fromisoformat(sys.argv[3]))
