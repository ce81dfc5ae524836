package dev.historics.jobs;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.mapreduce.v2.MiniMRYarnCluster;

/**
 * HDFS with two data nodes and YARN with one node, in a process of their own with the cluster's own
 * jars, so that containers find nothing of this program there. Ends when its standard input does.
 */
final class MiniCluster {
  /** The settings that a client needs, written when the cluster is up. */
  static final String SETTINGS = "cluster-site.xml";

  private static final String SMALL_JVM = "-Xmx300m -XX:+UseSerialGC -XX:TieredStopAtLevel=1";

  private MiniCluster() {}

  /**
   * Starts it.
   *
   * @param arguments the folder for everything that the cluster writes; a second one leaves YARN
   *     out
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Configuration conf = settings(folder);
    MiniDFSCluster hdfs = new MiniDFSCluster.Builder(conf).numDataNodes(2).build();
    hdfs.waitActive();
    conf.set("fs.defaultFS", hdfs.getURI().toString());
    write(arguments.length > 1 ? conf : withYarn(conf), folder);
    while (System.in.read() >= 0) {
      // Whoever started the cluster has not ended yet.
    }
    // An orderly stop takes half a minute, and nothing here is worth it.
    Runtime.getRuntime().halt(0);
  }

  private static Configuration withYarn(Configuration conf) {
    MiniMRYarnCluster yarn = new MiniMRYarnCluster("historics", 1);
    yarn.init(conf);
    yarn.start();
    return yarn.getConfig();
  }

  private static Configuration settings(Path folder) {
    Configuration conf = new Configuration();
    conf.set("hadoop.tmp.dir", folder.resolve("tmp").toString());
    conf.set("hdfs.minidfs.basedir", folder.resolve("dfs").toString());
    conf.set("dfs.replication", "2");
    conf.set("mapreduce.client.submit.file.replication", "2");
    conf.set("yarn.nodemanager.resource.memory-mb", "4096");
    conf.set("yarn.nodemanager.resource.cpu-vcores", "4");
    conf.set("yarn.scheduler.minimum-allocation-mb", "256");
    conf.set("yarn.nodemanager.vmem-check-enabled", "false");
    conf.set(
        "yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", "99.5");
    for (String task : new String[] {"mapreduce.map", "mapreduce.reduce"}) {
      conf.set(task + ".memory.mb", "512");
      conf.set(task + ".java.opts", SMALL_JVM);
    }
    conf.set("yarn.app.mapreduce.am.resource.mb", "512");
    conf.set("yarn.app.mapreduce.am.command-opts", SMALL_JVM);
    conf.set("yarn.application.classpath", classPath());
    conf.set("mapreduce.application.classpath", classPath());
    return conf;
  }

  /** The cluster's jars and nothing else, as YARN wants to hear of them. */
  private static String classPath() {
    return System.getProperty("cluster.classpath").replace(java.io.File.pathSeparatorChar, ',');
  }

  private static void write(Configuration conf, Path folder) throws IOException {
    // Else containers would inherit the class path of this process.
    conf.set("yarn.is.minicluster", "false");
    Path part = folder.resolve(SETTINGS + ".part");
    try (OutputStream out = Files.newOutputStream(part)) {
      conf.writeXml(out);
    }
    Files.move(part, folder.resolve(SETTINGS), StandardCopyOption.ATOMIC_MOVE);
  }
}
