package dev.historics.jobs;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import com.google.common.io.Files;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes.Name;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.mapreduce.MRJobConfig;

/**
 * Brings the program's jars to the tasks of a cluster. Each jar lies once in the cluster's file
 * system under a name made of its content, is readable by all, and so is fetched once by each node
 * and shared by all later jobs. Hadoop and where it logs to are the cluster's: those jars stay at
 * home.
 */
final class JobClasses {
  private static final String CLUSTER_JARS = "(hadoop|slf4j|logback|log4j|reload4j)-.*";

  private JobClasses() {}

  /**
   * Makes the jars of this process's class path the job's class path.
   *
   * @param folder where jars are kept, in the cluster's file system; made when missing
   * @throws IOException if a jar cannot be copied, or a class path entry is not a jar
   */
  static void ship(Configuration conf, Path folder) throws IOException {
    FileSystem files = folder.getFileSystem(conf);
    List<String> shipped = new ArrayList<>();
    for (File jar : jars(classPath(JobClasses.class.getClassLoader()))) {
      shipped.add(upload(files, folder, jar).toString());
    }
    conf.setStrings(MRJobConfig.CACHE_FILES, withLinks(shipped));
    conf.setStrings(MRJobConfig.CLASSPATH_FILES, paths(shipped));
    conf.setBoolean(MRJobConfig.MAPREDUCE_JOB_USER_CLASSPATH_FIRST, true);
  }

  /**
   * The class path that classes come from. {@code yarn jar} loads a program with a loader of its
   * own, to which it gives the program's jar and the folder where that is unpacked.
   */
  static String classPath(ClassLoader loader) throws IOException {
    if (!(loader instanceof URLClassLoader urls)) {
      return System.getProperty("java.class.path");
    }
    Set<String> jars = new LinkedHashSet<>();
    for (URL url : urls.getURLs()) {
      File file = file(url);
      if (file.isFile()) {
        jars.add(file.toString());
        jars.addAll(neighbours(file));
      }
    }
    return String.join(File.pathSeparator, jars);
  }

  private static File file(URL url) throws IOException {
    try {
      return new File(url.toURI());
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new IOException("jobs on a cluster need the program in files, not at " + url, e);
    }
  }

  /** The jars that a jar's manifest names. */
  private static List<String> neighbours(File jar) throws IOException {
    try (JarFile opened = new JarFile(jar)) {
      Manifest manifest = opened.getManifest();
      String names =
          manifest == null ? null : manifest.getMainAttributes().getValue(Name.CLASS_PATH);
      return names == null
          ? List.of()
          : Arrays.stream(names.split(" ", -1))
              .map(name -> new File(jar.getParentFile(), name).toString())
              .toList();
    }
  }

  private static String[] withLinks(List<String> shipped) {
    return shipped.stream()
        .map(path -> path + "#" + new Path(path).getName())
        .toArray(String[]::new);
  }

  private static String[] paths(List<String> shipped) {
    return shipped.stream().map(path -> new Path(path).toUri().getPath()).toArray(String[]::new);
  }

  /** The jars of a class path that a cluster has not; folders with settings are passed over. */
  static List<File> jars(String classPath) throws IOException {
    List<File> jars = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      File file = new File(entry);
      if (file.isFile() && entry.endsWith(".jar")) {
        if (!file.getName().matches(CLUSTER_JARS)) {
          jars.add(file);
        }
      } else if (new File(file, "dev/historics").exists()) {
        throw new IOException(
            "jobs on a cluster need the program's classes in jars, and '%s' is a folder; run it from a build"
                .formatted(file));
      }
    }
    return jars;
  }

  private static Path upload(FileSystem files, Path folder, File jar) throws IOException {
    HashCode content = Files.asByteSource(jar).hash(Hashing.sha256());
    Path target =
        files.makeQualified(
            new Path(folder, content.toString().substring(0, 16) + "-" + jar.getName()));
    if (files.exists(target)) {
      return target;
    }
    if (!files.exists(folder)) {
      files.mkdirs(folder);
      files.setPermission(folder, new FsPermission((short) 0755));
    }
    Path part = new Path(folder, "." + target.getName() + "." + System.nanoTime());
    files.copyFromLocalFile(false, true, new Path(jar.toURI()), part);
    files.setPermission(part, new FsPermission((short) 0644));
    try {
      FileContext.getFileContext(files.getUri(), files.getConf())
          .rename(part, target, Options.Rename.NONE);
    } catch (FileAlreadyExistsException e) {
      // Somebody else brought the same bytes first.
      files.delete(part, false);
    }
    return target;
  }
}
