import type { Component } from '../model/component.ts';
import { certificate, host, listen, path, port, program, secretFile, setting, text } from '../model/refs.ts';

// The one page policy. Styles may be inline (element positions of the room); scripts never.
const pagePolicy =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
  "media-src 'self' blob:; font-src 'self'; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; " +
  "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/**
 * Headers of everything the edge answers itself or passes on. Strict transport binds every port of a host name, so it is
 * for names of our own: on `localhost` it would break whatever else somebody develops there (RFC 6797, 8.3).
 */
const headers = `add_header X-Content-Type-Options nosniff always;
add_header Strict-Transport-Security $strict_transport always;
`;

/** The only thing browsers talk HTTP to: TLS, the static portal, and a proxy in front of both api processes. */
export const edge: Component = {
  name: 'edge',
  title: 'Edge (nginx)',
  user: 'edge',
  needs: ['api-1', 'api-2', 'keycloak'],
  packages: ['nginx-light', 'procps'],
  programs: ['release'],
  ports: {
    http: { offset: 0, protocol: 'tcp', reach: 'network' },
    https: { offset: 3, protocol: 'tcp', reach: 'network' },
  },
  secrets: ['tls-key'],
  data: true,
  run: { mode: 0o700 },
  files: [
    { name: 'headers.conf', content: text`${headers}` },
    {
      name: 'nginx.conf',
      content: text`daemon off;
pid ${path('run', 'nginx.pid')};
worker_processes auto;
error_log stderr warn;
events { worker_connections 4096; }
http {
  include /etc/nginx/mime.types;
  default_type application/octet-stream;
  charset utf-8;
  charset_types text/plain text/css text/javascript application/javascript image/svg+xml;
  server_tokens off;
  sendfile on;
  tcp_nopush on;
  keepalive_timeout 75s;
  client_max_body_size 64m;
  client_body_temp_path ${path('data', 'body')};
  proxy_temp_path ${path('data', 'proxy')};
  fastcgi_temp_path ${path('data', 'fastcgi')};
  uwsgi_temp_path ${path('data', 'uwsgi')};
  scgi_temp_path ${path('data', 'scgi')};

  # Requests are logged by the processes that answer them, with the request id that is given here; addresses and
  # queries (which may carry a sign-in code) are nobody's business.
  access_log off;

  # The build left compressed copies beside scripts and styles; what is made on demand is compressed here.
  gzip_static on;
  gzip on;
  gzip_vary on;
  gzip_types text/css text/javascript application/javascript application/json application/problem+json image/svg+xml;

  ssl_certificate ${certificate('chain')};
  ssl_certificate_key ${secretFile('tls-key')};
  ssl_protocols TLSv1.2 TLSv1.3;
  ssl_session_cache shared:tls:4m;
  ssl_session_tickets off;

  map $host $strict_transport { default "max-age=31536000"; localhost ''; }
  map $http_upgrade $connection_upgrade { default upgrade; '' ''; }

  upstream api {
    # A process that refused is tried again a second later: restarts are short, and its twin answers meanwhile.
    server ${host('api-1')}:${port('api-1', 'http')} max_fails=1 fail_timeout=1s;
    server ${host('api-2')}:${port('api-2', 'http')} max_fails=1 fail_timeout=1s;
    keepalive 32;
  }
  upstream keycloak {
    server ${host('keycloak')}:${port('keycloak', 'http')};
    keepalive 16;
  }

  proxy_http_version 1.1;
  proxy_set_header Host $http_host;
  proxy_set_header X-Forwarded-For $remote_addr;
  proxy_set_header X-Forwarded-Proto https;
  proxy_set_header X-Forwarded-Host $http_host;
  proxy_set_header X-Forwarded-Port ${port('edge', 'https')};
  proxy_set_header X-Request-Id $request_id;
  proxy_set_header Upgrade $http_upgrade;
  proxy_set_header Connection $connection_upgrade;
  proxy_connect_timeout 2s;
  # Writes are never sent twice; commands carry ids, uploads don't.
  proxy_next_upstream error timeout;

  # Any other name, port or protocol: there is one origin, and cookies and sign-in belong to it. The plain port speaks
  # TLS too, for browsers that have learned to ask for nothing else.
  server {
    ${listen('edge', 'http', ' ssl http2 default_server')}
    ${listen('edge', 'https', ' ssl http2 default_server')}
    server_name _;
    error_page 497 =308 ${setting('origin')}$request_uri;
    return 308 ${setting('origin')}$request_uri;
  }

  server {
    ${listen('edge', 'https', ' ssl http2')}
    server_name ${setting('hostName')};
    error_page 497 =308 ${setting('origin')}$request_uri;
    root ${program('release', 'apps/portal/dist')};

    location = /healthz { default_type text/plain; return 200 "ok\n"; }

    location ~ ^/t/[a-z0-9-]+/rt$ {
      proxy_pass http://api;
      proxy_read_timeout 75s;
      proxy_send_timeout 75s;
      proxy_buffering off;
    }
    location ~ ^/t/[a-z0-9-]+/(api|auth)/ {
      proxy_pass http://api;
      proxy_hide_header X-Content-Type-Options;
      include ${path('config', 'headers.conf')};
      proxy_read_timeout 60s;
      # Replays are ranges of big objects: pass them through as they come.
      proxy_max_temp_file_size 0;
    }
    location /api/ {
      proxy_pass http://api;
      proxy_hide_header X-Content-Type-Options;
      include ${path('config', 'headers.conf')};
    }

    # Sign-in pages and their resources, which bring headers of their own, except where they speak for the whole host;
    # the master realm and the administration console stay inside.
    location ~ ^/kc/realms/master(/|$) { return 404; }
    location ~ ^/kc/(realms|resources)/ {
      proxy_pass http://keycloak;
      proxy_hide_header X-Content-Type-Options;
      proxy_hide_header Strict-Transport-Security;
      include ${path('config', 'headers.conf')};
      proxy_buffer_size 16k;
      proxy_buffers 8 16k;
    }
    location /kc { return 404; }

    location /assets/ {
      # Names carry a hash of the content.
      add_header Cache-Control "public, max-age=31536000, immutable";
      include ${path('config', 'headers.conf')};
      try_files $uri =404;
    }
    location / {
      add_header Cache-Control "no-cache";
      add_header Content-Security-Policy "${pagePolicy}" always;
      include ${path('config', 'headers.conf')};
      add_header Referrer-Policy same-origin always;
      add_header Cross-Origin-Opener-Policy same-origin always;
      add_header Permissions-Policy "camera=(self), microphone=(self), display-capture=(self), geolocation=()" always;
      try_files $uri /index.html;
    }
  }
}
`,
    },
  ],
  // Workers go on to answer after a master that was killed, and keep its ports.
  heirs: 'nginx',
  command: ['/usr/sbin/nginx', '-c', path('config', 'nginx.conf'), '-e', 'stderr'],
  environment: {},
  secretEnvironment: {},
  health: { kind: 'https', port: 'https', path: '/healthz' },
  startSeconds: 30,
  stopSeconds: 20,
  stopSignal: 'QUIT',
};
