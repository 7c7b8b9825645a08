from shida.restore.chain import follow as follow
from shida.restore.hidden import Hidden as Hidden
from shida.restore.language import PageGrams as PageGrams
from shida.restore.open_ends import Reading as Reading
from shida.restore.surroundings import Surroundings as Surroundings
