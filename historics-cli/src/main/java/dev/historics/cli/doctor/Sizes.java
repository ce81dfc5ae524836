package dev.historics.cli.doctor;

import java.util.Locale;

/** How amounts of memory and disk are told. */
final class Sizes {
  private static final long MEGABYTE = 1L << 20;
  private static final long TOLD_IN_MB = 10_000;

  private Sizes() {}

  /** Such as {@code 512 MB} or {@code 24 GB}. */
  static String shown(long bytes) {
    long megabytes = bytes / MEGABYTE;
    return megabytes < TOLD_IN_MB
        ? String.format(Locale.ROOT, "%,d MB", megabytes)
        : String.format(Locale.ROOT, "%,d GB", megabytes >> 10);
  }
}
