import { QueryClientProvider } from '@tanstack/react-query';
import { BrowserRouter } from 'react-router';
import { ToastRegion } from '../design/index.js';
import { Announcer } from '../shared/announce/Announcer.js';
import { TextProvider } from '../shared/i18n/TextProvider.js';
import { useText } from '../shared/i18n/text.js';
import { queryClient } from './queryClient.js';
import { Root } from './Root.js';

export function App() {
  return (
    <TextProvider>
      <QueryClientProvider client={queryClient}>
        <BrowserRouter>
          <Root />
        </BrowserRouter>
        <Announcer />
        <Toasts />
      </QueryClientProvider>
    </TextProvider>
  );
}

function Toasts() {
  const text = useText();
  return <ToastRegion label={text('toast.region')} dismissLabel={text('toast.dismiss')} />;
}
