/** The archive's files on a Hadoop file system. The only package here that names Hadoop's. */
package dev.historics.archive.hdfs;
