package dev.historics.archive.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceMappingsTest {
  @TempDir private Path home;

  private void write(String file, String source) throws IOException {
    Files.writeString(
        home.resolve(file), "source: %s\nid: {path: i}\ncreated_at: {path: t}\n".formatted(source));
  }

  @Test
  void every_shipped_mapping_can_be_read() throws Exception {
    assertThat(SourceMappings.load(Repository.sources()).sources())
        .containsExactly(
            "bluesky", "datasift", "github", "trolltweets", "twitter", "usgs", "wikipedia");
  }

  @Test
  void a_later_folder_replaces_and_adds_mappings() throws Exception {
    write("mine.yaml", "twitter");
    write("other.yml", "forum");
    write("notes.txt", "no mapping");

    SourceMappings mappings = SourceMappings.load(Repository.sources(), home.resolve("none"), home);

    assertThat(mappings.sources()).contains("forum", "github", "twitter");
    assertThat(mappings.mapping("twitter").targets()).isEmpty();
    assertThat(mappings.find("facebook")).isEmpty();
  }

  @Test
  void two_mappings_for_one_source_in_a_folder_are_refused() throws Exception {
    write("a.yaml", "forum");
    write("b.yaml", "forum");

    assertThatThrownBy(() -> SourceMappings.load(home))
        .isInstanceOf(InvalidMappingException.class)
        .hasMessage(
            home.resolve("b.yaml")
                + ":1:1: expected one mapping for source 'forum' in a folder, found another in"
                + " a.yaml");
  }

  @Test
  void an_unknown_source_is_told_what_there_is_and_how_to_add_it() throws Exception {
    write("a.yaml", "forum");
    write("b.yaml", "board");

    assertThatThrownBy(() -> SourceMappings.load(home).mapping("forun"))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage(
            """
            no mapping for source 'forun' (did you mean 'forum'?); there are mappings for: board, forum
            to add one, write conf/sources/forun.yaml with at least
              source: forun
              id: {path: FIELD}
              created_at: {path: FIELD}
              interaction:
                content: {path: FIELD}
            or 'shape: datasift' after the source, if the records are interactions already""");
  }
}
