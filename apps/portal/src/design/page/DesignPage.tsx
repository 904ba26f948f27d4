import {
  BookOpen,
  CircleDot,
  Ellipsis,
  Hand,
  House,
  Mic,
  MicOff,
  Moon,
  PhoneOff,
  Plus,
  Settings2,
  Sun,
  SunMoon,
  Video,
} from 'lucide-react';
import { Avatar, BarButton, Button, ButtonLink, Chip, IconButton, LevelBar, Switch } from '../index.js';
import { Interactive } from './Interactive.js';
import { Part } from './Part.js';
import { setAppearance, themeChoices, useAppearance } from '../../shared/theme/theme.js';
import styles from './DesignPage.module.css';

const colours = [
  'paper',
  'surface',
  'sunken',
  'line',
  'line-strong',
  'ink',
  'ink-2',
  'ink-3',
  'accent',
  'accent-soft',
  'accent-text',
  'signal',
  'signal-soft',
  'warn',
  'warn-soft',
  'ok',
  'stage',
  'tile',
];

/**
 * Every component in every state, for those who build pages. The one page whose words are not in the catalogue: no reader
 * of the portal is sent here.
 */
export function DesignPage() {
  const appearance = useAppearance();
  return (
    <main className={styles.page}>
      <h1>Components</h1>
      <p className="muted">One set of tokens, one folder of components. What is not here is not used.</p>
      <div className={styles.row}>
        {themeChoices.map((theme) => (
          <Button
            key={theme}
            size="sm"
            icon={{ system: SunMoon, light: Sun, dark: Moon }[theme]}
            variant={appearance.theme === theme ? 'primary' : 'plain'}
            onPress={() => setAppearance({ theme })}
          >
            {theme}
          </Button>
        ))}
        <Switch
          isSelected={appearance.contrast === 'more'}
          onChange={(more) => setAppearance({ contrast: more ? 'more' : 'system' })}
        >
          High contrast
        </Switch>
      </div>

      <Part title="Colour">
        <ul className={styles.colours}>
          {colours.map((name) => (
            <li key={name}>
              <i style={{ background: `var(--${name})` }} />
              {name}
            </li>
          ))}
        </ul>
      </Part>

      <Part title="Type">
        <div className={styles.stack}>
          <h2 style={{ fontSize: 'var(--text-2xl)' }}>Good morning, Anna</h2>
          <h2 style={{ fontSize: '1.375rem' }}>Price elasticity</h2>
          <h3 style={{ fontSize: 'var(--text-lg)' }}>Coming up</h3>
          <p>Body text, plain and short. Sentence case, the reader’s words.</p>
          <p className="muted small num">Econ 210 · 09:00 to 10:00 · session 9 of 14</p>
        </div>
      </Part>

      <Part title="Buttons">
        <div className={styles.row}>
          <Button variant="primary" icon={Video}>
            Start class
          </Button>
          <Button>Prepare</Button>
          <Button variant="quiet">Prepare</Button>
          <Button variant="danger">End class for everyone</Button>
          <Button isDisabled>Disabled</Button>
          <Button variant="primary" isPending>
            Saving
          </Button>
          <ButtonLink href="#link">A link</ButtonLink>
        </div>
        <div className={styles.row}>
          <Button size="sm" variant="primary" icon={Plus}>
            New session
          </Button>
          <Button size="sm">Lower</Button>
          <Button size="sm" variant="quiet">
            Prepare
          </Button>
          <IconButton icon={House} label="Home" />
          <IconButton icon={Ellipsis} label="More" size="sm" />
          <IconButton icon={Video} label="Play" tone="accent" round />
          <IconButton icon={Settings2} label="Settings" isDisabled />
        </div>
      </Part>

      <Part title="The room’s bar">
        <div className={styles.row}>
          <BarButton icon={Mic} word="Mute" state="on">
            <LevelBar level={0.62} />
          </BarButton>
          <BarButton icon={MicOff} word="Unmute" state="off" />
          <BarButton icon={Hand} word="Hand" name="Raise hand" shortcut="H" />
          <BarButton icon={Hand} word="Hand" name="Lower hand" state="raised" />
          <BarButton icon={CircleDot} word="Record" forbidden="Your institution doesn’t allow recording here" />
          <BarButton icon={PhoneOff} word="Leave" state="danger" />
        </div>
      </Part>

      <Part title="Facts">
        <div className={styles.row}>
          <Chip>32:14</Chip>
          <Chip tone="rec" dot>
            Recording
          </Chip>
          <Chip tone="live" dot>
            Live now
          </Chip>
          <Chip tone="warn">Still being prepared</Chip>
          <Chip icon={BookOpen}>Econ 210</Chip>
          <Avatar name="Anna Lindqvist" />
          <Avatar name="Per Berg" />
          <Avatar name="Jun Hayashi" size={56} />
        </div>
      </Part>

      <Interactive />
    </main>
  );
}
