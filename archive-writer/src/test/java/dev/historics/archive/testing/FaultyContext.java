package dev.historics.archive.testing;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;

/** A {@link FaultyFileSystem} as Hadoop's newer interface wants to see it. */
public final class FaultyContext extends DelegateToFileSystem {
  /** Called by Hadoop. */
  public FaultyContext(URI name, Configuration conf) throws IOException, URISyntaxException {
    super(name, new FaultyFileSystem(), conf, FaultyFileSystem.SCHEME, true);
  }

  @Override
  public int getUriDefaultPort() {
    return FaultyFileSystem.PORT;
  }
}
