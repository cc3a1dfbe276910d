"""Words for people: one catalogue by message id for all rooms, one .po file for each language."""

from graph.words.catalogue import CATALOGUE as CATALOGUE
from graph.words.catalogue import DEFAULT_LANGUAGE as DEFAULT_LANGUAGE
from graph.words.catalogue import LANGUAGES as LANGUAGES
from graph.words.catalogue import Catalogue as Catalogue
from graph.words.catalogue import say as say
from graph.words.sentence import Sentence as Sentence
