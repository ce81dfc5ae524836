package dev.historics.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import org.apache.crunch.DoFn;
import org.apache.crunch.Emitter;
import org.apache.crunch.Pair;

/** Tweets by one of their fields: what a tweet is known by is its task, its number and its time. */
final class TweetFactsFn extends DoFn<String, Pair<String, String>> {
  private static final long serialVersionUID = 1L;

  private final String field;
  private final long most;
  private transient JsonMapper json;
  private transient long count;

  /**
   * @param most how many of each file
   */
  TweetFactsFn(String field, long most) {
    this.field = field;
    this.most = most;
  }

  @Override
  public void initialize() {
    json = new JsonMapper();
    count = 0;
  }

  @Override
  public void process(String line, Emitter<Pair<String, String>> emitter) {
    if (count >= most) {
      return;
    }
    count++;
    try {
      JsonNode tweet = json.readTree(line);
      String fact =
          "%d-%d-%s"
              .formatted(
                  getTaskAttemptID().getTaskID().getId(),
                  count,
                  tweet.path("publish_date").asText());
      emitter.emit(Pair.of(tweet.path(field).asText(), fact));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
