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
import { type ReactNode, useState } from 'react';
import {
  Avatar,
  BarButton,
  Button,
  ButtonLink,
  Checkbox,
  Chip,
  Dialog,
  EmptyState,
  ErrorState,
  IconButton,
  LevelBar,
  Menu,
  Meter,
  Scrubber,
  SearchField,
  Select,
  showToast,
  Skeleton,
  SkeletonRows,
  Switch,
  Tabs,
  TextField,
} from '../index.js';
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
const people = [
  { id: 'anna', label: 'Anna Lindqvist' },
  { id: 'per', label: 'Per Berg' },
  { id: 'maya', label: 'Maya Okafor' },
] as const;

/**
 * Every component in every state, for those who build pages. The one page whose words are not in the catalogue: no reader
 * of the portal is sent here.
 */
export function DesignPage() {
  const appearance = useAppearance();
  const [dialog, setDialog] = useState<'dialog' | 'alertdialog' | 'sheet' | null>(null);
  const [who, setWho] = useState<(typeof people)[number]['id'] | null>('anna');
  const [on, setOn] = useState(true);
  const [tab, setTab] = useState<'people' | 'chat'>('people');
  const [words, setWords] = useState('');
  const [position, setPosition] = useState(1_934_000);
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
          {people.map(({ id, label }) => (
            <Avatar key={id} name={label} seed={id} />
          ))}
          <Avatar name="Jun Hayashi" size={56} />
        </div>
      </Part>

      <Part title="Fields">
        <div className={styles.fields}>
          <TextField
            label="Title"
            value={words}
            onChange={setWords}
            placeholder="Price elasticity"
            hint="Shown to everyone in the course."
          />
          <TextField label="Ends" type="time" defaultValue="10:00" error="The end must come after the start." />
          <TextField label="Disabled" defaultValue="Autumn 2026" isDisabled />
          <TextField label="Notes" rows={2} defaultValue="Several lines" />
          <Select label="Speaker" options={people} value={who} onChange={setWho} />
          <Select
            label="Nothing chosen"
            options={people}
            value={null}
            onChange={setWho}
            placeholder="Choose a person"
          />
          <SearchField label="Find a person" value={words} onChange={setWords} />
          <div className={styles.stack}>
            <Checkbox isSelected={on} onChange={setOn}>
              Record the class
            </Checkbox>
            <Switch isSelected={on} onChange={setOn}>
              Use these keys
            </Switch>
          </div>
        </div>
      </Part>

      <Part title="Levels and positions">
        <div className={styles.fields}>
          <Meter label="Microphone level" level={0.62} />
          <Scrubber
            label="Position"
            valueText="32:14 of 1:28:40"
            value={position}
            max={5_320_000}
            onChange={setPosition}
          />
        </div>
      </Part>

      <Part title="Above the page">
        <div className={styles.row}>
          <Button onPress={() => setDialog('dialog')}>Dialog</Button>
          <Button onPress={() => setDialog('alertdialog')}>Question</Button>
          <Button onPress={() => setDialog('sheet')}>Sheet</Button>
          <Button onPress={() => showToast('Saved.')}>Toast</Button>
          <Button onPress={() => showToast('The server can’t be reached', 'problem')}>Problem</Button>
          <Menu
            label="Theme"
            trigger={<Button icon={SunMoon}>Menu</Button>}
            entries={[
              { id: 'a', label: 'Chosen', selected: true, onAction: () => undefined },
              { id: 'b', label: 'Not chosen', selected: false, onAction: () => undefined },
              { id: 'c', label: 'An action', icon: Settings2, onAction: () => undefined },
              { id: 'd', label: 'A dangerous one', icon: PhoneOff, danger: true, onAction: () => undefined },
            ]}
          />
        </div>
        {dialog && (
          <Dialog
            title="Leave or end the class?"
            closeLabel="Close"
            isOpen
            onClose={() => setDialog(null)}
            role={dialog === 'alertdialog' ? 'alertdialog' : 'dialog'}
            kind={dialog === 'sheet' ? 'sheet' : 'dialog'}
            actions={
              <>
                <Button onPress={() => setDialog(null)}>Leave the room</Button>
                <Button variant="danger" onPress={() => setDialog(null)}>
                  End class for everyone
                </Button>
              </>
            }
          >
            If you only leave, the others stay.
          </Dialog>
        )}
      </Part>

      <Part title="Tabs">
        <div className={styles.tabs}>
          <Tabs
            label="Panel"
            selected={tab}
            onSelect={setTab}
            items={[
              { id: 'people', label: 'People', content: <p className={styles.pad}>One panel at a time.</p> },
              {
                id: 'chat',
                label: 'Chat',
                count: 3,
                countLabel: '3 new',
                content: <p className={styles.pad}>Messages.</p>,
              },
            ]}
          />
        </div>
      </Part>

      <Part title="States of a page">
        <div className={styles.fields}>
          <EmptyState title="No sessions yet" actions={<Button size="sm">New session</Button>}>
            Schedule the first one; your students see it at once.
          </EmptyState>
          <ErrorState
            title="Something went wrong"
            reference="Reference: 7f3a"
            actions={<Button size="sm">Try again</Button>}
          >
            This is not your fault. Try again; if it stays, tell your administrator.
          </ErrorState>
          <SkeletonRows label="Loading" rows={2} />
          <Skeleton width="60%" height={24} />
        </div>
      </Part>
    </main>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.part} aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
