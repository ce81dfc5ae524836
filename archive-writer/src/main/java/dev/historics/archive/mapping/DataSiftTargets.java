package dev.historics.archive.mapping;

/** What interactions of any source have once DataSift has seen them. */
final class DataSiftTargets {
  private DataSiftTargets() {}

  static String mapping(String source) {
    return """
    source: "%s"
    shape: datasift
    targets:
      interaction.author.avatar: text
      interaction.author.id: text
      interaction.author.link: text
      interaction.author.name: text
      interaction.author.username: text
      interaction.content: text
      interaction.geo: geo
      interaction.hashtags: array(text)
      interaction.link: text
      interaction.mention_ids: array(int)
      interaction.mentions: array(text)
      interaction.source: text
      interaction.subtype: text
      interaction.title: text
      demographic.gender: text
      klout.score: int
      language.confidence: int
      language.tag: text
      links.code: array(int)
      links.domain: array(text)
      links.normalized_url: array(text)
      links.title: array(text)
      links.url: array(text)
      salience.content.sentiment: int
      salience.title.sentiment: int
    """
        .formatted(source);
  }
}
