import './readers.js';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.js';
import { fetchAhead } from './app/router.js';
import './design/base.css';
import { fetchOverlaysSoon } from './design/index.js';
import { startTheme } from './shared/theme/theme.js';

startTheme();
fetchAhead(location);
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
// Without StrictMode: it mounts twice in development, and a visit to a room begins when its page mounts.
createRoot(root).render(<App />);
fetchOverlaysSoon();
