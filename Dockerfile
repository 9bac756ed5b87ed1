# The image of `receta api` and `receta worker`. The set-up is the one of every other installation; the servers are
# services of their own, so it leaves them out.
FROM node:22.21.1-bookworm AS build
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libgomp1 python3-pip \
 && rm -rf /var/lib/apt/lists/*
ENV RECETA_CACHE_DIR=/opt/receta/native
WORKDIR /opt/receta/app
COPY . .
RUN TEMPORAL_ADDRESS=temporal:7233 S3_ENDPOINT=http://store:9000 node tools/setup.mjs
# What was needed to build and to test stays behind: headers, the downloaded wheel, sources, development packages.
RUN npm prune --omit=dev \
 && rm -rf src test bench "$RECETA_CACHE_DIR"/downloads "$RECETA_CACHE_DIR"/tensorflow-*/include

FROM node:22.21.1-bookworm-slim
# The OpenMP runtime that LightGBM is linked with.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libgomp1 \
 && rm -rf /var/lib/apt/lists/*
ENV NODE_ENV=production RECETA_CACHE_DIR=/opt/receta/native
COPY --from=build /opt/receta /opt/receta
RUN mkdir -p /var/lib/receta && chown node:node /var/lib/receta
USER node
WORKDIR /var/lib/receta
ENTRYPOINT ["node", "/opt/receta/app/bin/receta.js"]
CMD ["--help"]
