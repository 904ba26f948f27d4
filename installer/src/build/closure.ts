/** One entry of `packages` in package-lock.json, as far as it matters here. */
interface LockEntry {
  readonly link?: boolean;
  readonly resolved?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

export type LockPackages = Readonly<Record<string, LockEntry>>;

/**
 * Paths in a lock file of everything that `roots` need at run time, found the way Node looks for it: in the nearest
 * `node_modules` up the tree. Development dependencies of the roots are not among them.
 */
export function runtimeClosure(packages: LockPackages, roots: readonly string[]): Set<string> {
  const found = new Set<string>();
  const visit = (path: string): void => {
    if (found.has(path)) return;
    const entry = packages[path];
    if (!entry) return;
    found.add(path);
    if (entry.link && entry.resolved) {
      visit(entry.resolved);
      return;
    }
    const needs = { ...entry.dependencies, ...entry.optionalDependencies, ...entry.peerDependencies };
    for (const name of Object.keys(needs)) {
      const at = locate(packages, path, name);
      // Optional ones for other systems are not in the tree.
      if (at) visit(at);
    }
  };
  for (const root of roots) visit(root);
  return found;
}

function locate(packages: LockPackages, from: string, name: string): string | undefined {
  for (let folder = from; ; folder = parent(folder)) {
    const candidate = folder ? `${folder}/node_modules/${name}` : `node_modules/${name}`;
    if (packages[candidate]) return candidate;
    if (!folder) return undefined;
  }
}

/** The folder around a package: what its `node_modules` lies in, or its parent folder. */
function parent(path: string): string {
  const inside = path.lastIndexOf('/node_modules/');
  if (inside >= 0) return path.slice(0, inside);
  if (path.startsWith('node_modules/')) return '';
  const slash = path.lastIndexOf('/');
  return slash >= 0 ? path.slice(0, slash) : '';
}
