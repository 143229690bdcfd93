# The program alone, linked statically.
#
#   docker build -t vaultmend .
#   docker run --rm -v "$PWD:/vault" vaultmend check
#   docker run --rm -v "$PWD:/vault" --user "$(id -u):$(id -g)" vaultmend fix
FROM rust:1.95-alpine AS build
# Which version does not matter: what it holds is that of the image's Alpine.
# hadolint ignore=DL3018
RUN apk add --no-cache gcc musl-dev
WORKDIR /src
COPY . .
RUN cargo build --release --locked --bin vaultmend

FROM scratch
COPY LICENSE-APACHE LICENSE-MIT src/language/lexicon/NOTICE /
COPY --from=build /src/target/release/vaultmend /usr/local/bin/vaultmend
# Nobody. To write notes back, it must run as the user that owns them: `--user`.
USER 65532:65532
WORKDIR /vault
ENTRYPOINT ["/usr/local/bin/vaultmend"]
CMD ["check"]
