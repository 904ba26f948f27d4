import { useMutation } from '@tanstack/react-query';
import { Contrast, LogOut, Moon, Sun, SunMoon } from 'lucide-react';
import { Button } from 'react-aria-components';
import { Avatar, Menu, showToast } from '../design/index.js';
import { useApi } from '../shared/api/api.js';
import { useText } from '../shared/i18n/text.js';
import { useMe } from '../shared/session/me.js';
import { setAppearance, type ThemeChoice, themeChoices, useAppearance } from '../shared/theme/theme.js';
import { useProblemText } from '../shared/ui/QueryView.js';
import styles from './Shell.module.css';

const icons = { system: SunMoon, light: Sun, dark: Moon } satisfies Record<ThemeChoice, unknown>;

/** Who one is, how it all looks, and the way out. */
export function AccountMenu() {
  const api = useApi();
  const text = useText();
  const { person } = useMe();
  const appearance = useAppearance();
  const problemText = useProblemText();
  const signOut = useMutation({
    mutationFn: () => api.signOut(),
    onSuccess: ({ next }) => location.assign(next),
    onError: (error) => showToast(problemText(error), 'problem'),
  });
  const entries = [
    ...themeChoices.map((theme) => ({
      id: theme,
      label: text(`theme.${theme}`),
      icon: icons[theme],
      selected: appearance.theme === theme,
      onAction: () => setAppearance({ theme }),
    })),
    {
      id: 'contrast',
      label: text(appearance.contrast === 'more' ? 'theme.contrast.less' : 'theme.contrast.more'),
      icon: Contrast,
      onAction: () => setAppearance({ contrast: appearance.contrast === 'more' ? 'system' : 'more' }),
    },
    { id: 'out', label: text('account.signOut'), icon: LogOut, onAction: () => signOut.mutate() },
  ];
  return (
    <Menu
      label={text('account.menu')}
      entries={entries}
      trigger={
        <Button className={styles.link}>
          <Avatar name={person.displayName} seed={person.id} size={24} />
          <span className={styles.full}>{person.displayName}</span>
          <span className={styles.short}>{text('nav.you')}</span>
          <span className="sr-only">{text('account.menu')}</span>
        </Button>
      }
    />
  );
}
