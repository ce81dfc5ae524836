package dev.historics.archive.mapping;

import dev.historics.archive.RecordMapper;
import dev.historics.archive.Stripping;
import dev.historics.archive.TargetColumn;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How records of one source become interactions. Never changes; shared by threads.
 *
 * <p>It is written in YAML:
 *
 * <pre>{@code
 * source: trolltweets               # interaction.type, and the name the record stays under
 * id: {hash: [author_id, content]}  # or {path: id_str}, or {path: [id_str, id]}: the first filled
 * created_at:
 *   path: publish_date
 *   format: "yyyy-MM-dd HH:mm:ss"   # a pattern of java.time with English names, or one of iso,
 *                                   # rfc1123, unix, unix_millis, unix_micros; or a list of these,
 *                                   # tried in turn; iso if nothing is said
 *   zone: UTC                       # for times that do not tell their offset; UTC if unsaid
 * updated_at: {path: edited}        # of two records with one id on one day, the one edited later
 *                                   # stays; if none says, the one that came first
 * interaction:
 *   content: {path: [full_text, text]}
 *   author.username: {path: user.screen_name}
 *   hashtags: {path: entities.hashtags.text}   # walks through arrays and gives an array
 *   source: {value: web}
 *   geo: {path: coordinates.coordinates, order: lon_lat}    # or {latitude: lat, longitude: lon}
 * language:                         # any other namespace likewise
 *   tag: {path: language, values: {English: en, Russian: ru}, default: und}
 * targets:                          # columns: int, float, text, geo, or array(int) and so on
 *   trolltweets.followers: int
 * unpack: json_string               # or {after_tabs: 3}: the record stands in the fourth column
 * strip: true                       # or {entities: [PATH, PATH]}; false if nothing is said
 * delete: {path: delete.status.id_str}  # such records want the interaction with this id deleted
 * reject:                           # records with anything there are no interactions
 *   delete: a delete notice, not a status
 * }</pre>
 *
 * <p>Null and the empty string count as no value. Strings and numbers are copied as they were
 * written. A point that is not on the earth is left out. How a hash is made, so that it is the same
 * everywhere and for ever: the first 32 hexadecimal digits of the SHA-256 of, path after path, the
 * number of its values and each value as its length in bytes and its UTF-8; numbers in four bytes,
 * the highest first.
 *
 * <p>{@code unpack} takes off what stands around each record: the quotes and escapes of a JSON
 * string, or columns with tabs between them. What is archived is the record alone.
 *
 * <p>{@code strip} takes links and mentions out of {@code interaction.content} before rules see it,
 * as is done to tweets without being asked; {@link Stripping} tells how. Its {@code entities} are
 * paths to objects with the offsets of links and mentions, as Twitter's API version 1.1 gave them.
 *
 * <p>A record that is an interaction already (an object {@code interaction} with {@code id} and
 * {@code created_at}) is taken as it is, whatever the mapping says. {@code shape: datasift} in
 * place of {@code id}, {@code created_at} and fields takes nothing else. An entity path begins
 * below the source's name all the same.
 *
 * <p>A record is refused if it is not one JSON object in valid UTF-8, nests more than 200 deep,
 * says an outermost key or a key that matters twice, has no id (1 to 512 characters, none of them a
 * control character), or no time from 1970 to 2099.
 */
public final class SourceMapping {
  private final String source;
  private final String text;
  private final List<TargetColumn> targets;
  private final Stripping stripping;
  private final PathTree paths;
  private final Shape.DataSift dataSift;
  private final Refusals refusals;
  private final Shape other;
  private final Unpacking unpacking;

  SourceMapping(
      String source,
      String text,
      List<TargetColumn> targets,
      Stripping stripping,
      PathTree paths,
      Shape.DataSift dataSift,
      Refusals refusals,
      Shape other,
      Unpacking unpacking) {
    this.source = source;
    this.text = text;
    this.targets = List.copyOf(targets);
    this.stripping = stripping;
    this.paths = paths;
    this.dataSift = dataSift;
    this.refusals = refusals;
    this.other = other;
    this.unpacking = unpacking;
  }

  /**
   * The mapping that a YAML text describes.
   *
   * @param file what messages call the text
   * @throws InvalidMappingException if it is none, with all that is wrong
   */
  public static SourceMapping parse(String file, String text) throws InvalidMappingException {
    return new MappingReader(file, text).mapping();
  }

  /**
   * The mapping in a YAML file.
   *
   * @throws InvalidMappingException if it is none, with all that is wrong
   * @throws IOException if it cannot be read
   */
  public static SourceMapping load(Path file) throws IOException, InvalidMappingException {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      throw new InvalidMappingException(
          file.toString(),
          List.of(
              new InvalidMappingException.Problem(
                  1, 1, "expected a text in UTF-8, found other bytes")));
    }
    return parse(file.toString(), text);
  }

  /**
   * The mapping of records that are interactions already, with the columns that most sources share.
   *
   * @param source a name such as {@code reddit}
   * @throws IllegalArgumentException if it is no name of a source
   */
  public static SourceMapping datasift(String source) {
    try {
      return parse("datasift", DataSiftTargets.mapping(source));
    } catch (InvalidMappingException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** The source whose partitions receive the interactions, such as {@code twitter}. */
  public String source() {
    return source;
  }

  /** The YAML that this was made of. */
  public String text() {
    return text;
  }

  /**
   * The fields that deserve a column: those that the mapping fills, except {@code interaction.id},
   * {@code interaction.type} and {@code interaction.created_at}, and those under {@code targets}.
   */
  public List<TargetColumn> targets() {
    return targets;
  }

  /**
   * Its rules, in the order in which they are written; the types under {@code targets} are none.
   */
  public List<MappingRule> rules() {
    return new RuleLister().rules(text);
  }

  /** Whose content targets rules see without links and mentions. */
  public Stripping stripping() {
    return stripping;
  }

  /** Carries out this mapping on one thread. */
  public RecordMapper mapper() {
    RecordMapper mapper = new StreamingMapper(source, paths, dataSift, refusals, other);
    return unpacking instanceof Unpacking.None ? mapper : new UnpackingMapper(unpacking, mapper);
  }
}
