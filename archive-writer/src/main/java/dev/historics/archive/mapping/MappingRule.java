package dev.historics.archive.mapping;

import java.util.List;

/**
 * One rule of a mapping, as a person would name it.
 *
 * @param name what it makes, such as {@code id} or {@code interaction.content}
 * @param paths where in a record it looks, in order; none if it makes the same of every record
 */
public record MappingRule(String name, List<String> paths) {
  public MappingRule {
    paths = List.copyOf(paths);
  }
}
