package dev.historics.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.Term;
import org.apache.lucene.monitor.Monitor;
import org.apache.lucene.monitor.MonitorQuery;
import org.apache.lucene.monitor.MultiMatchingQueries;
import org.apache.lucene.monitor.QueryMatch;
import org.apache.lucene.monitor.TermFilteredPresearcher;
import org.apache.lucene.search.TermQuery;

/** Lucene's stored queries, one for each word. Texts are asked about in memory. */
final class LuceneMonitor implements AutoCloseable {
  private static final int BATCH = 1_000;
  private static final String FIELD = "content";

  private final Analyzer analyzer = new StandardAnalyzer();
  private final Monitor monitor;

  LuceneMonitor(List<String> words) throws IOException {
    this.monitor = new Monitor(analyzer, new TermFilteredPresearcher());
    List<MonitorQuery> queries = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      queries.add(
          new MonitorQuery(Integer.toString(i), new TermQuery(new Term(FIELD, words.get(i)))));
    }
    monitor.register(queries);
  }

  /** How many pairs of text and query match, one text after the other, as a stream comes. */
  long matchesOneByOne(List<String> texts) throws IOException {
    long matches = 0;
    for (String text : texts) {
      matches += monitor.match(document(text), QueryMatch.SIMPLE_MATCHER).getMatchCount();
    }
    return matches;
  }

  /** How many pairs of text and query match, a thousand texts at a time. */
  long matchesInBatches(List<String> texts) throws IOException {
    long matches = 0;
    for (int from = 0; from < texts.size(); from += BATCH) {
      List<String> batch = texts.subList(from, Math.min(texts.size(), from + BATCH));
      MultiMatchingQueries<QueryMatch> found =
          monitor.match(
              batch.stream().map(LuceneMonitor::document).toArray(Document[]::new),
              QueryMatch.SIMPLE_MATCHER);
      for (int i = 0; i < batch.size(); i++) {
        matches += found.getMatchCount(i);
      }
    }
    return matches;
  }

  private static Document document(String text) {
    Document document = new Document();
    document.add(new TextField(FIELD, text, Field.Store.NO));
    return document;
  }

  @Override
  public void close() throws IOException {
    monitor.close();
    analyzer.close();
  }
}
