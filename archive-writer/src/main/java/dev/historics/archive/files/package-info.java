/**
 * Where the archive's bytes lie: one port, {@link dev.historics.archive.files.ArchiveFiles}, and
 * its adapter for a local disk. It knows names and bytes, and nothing of interactions, days or
 * manifests.
 */
package dev.historics.archive.files;
