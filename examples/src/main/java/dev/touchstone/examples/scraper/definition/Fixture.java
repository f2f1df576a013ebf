package dev.touchstone.examples.scraper.definition;

import dev.touchstone.examples.yaml.YamlNode;
import java.net.URI;

/**
 * A page that is kept beside a definition, and what must be taken from it.
 *
 * @param page the name of the file, which starts from the folder of the definition
 * @param url the address that the page is taken to come from
 * @param expect the items, as the definition writes them down
 */
public record Fixture(String page, URI url, YamlNode expect) {}
