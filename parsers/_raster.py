"""The image of a page: what everything that looks at pixels works on. Always a copy, never the original."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.model import Box

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Raster:
    """A page's image, upright and straightened."""

    rgb: "NDArray[np.uint8]"
    """Height × width × 3."""
    dpi: float
    """Pixels per inch; of a photo, as if the page were A4."""

    def box(self, x0: float, top: float, x1: float, bottom: float) -> Box:
        """Pixels as a box in points."""
        scale = 72 / self.dpi
        return Box(x0 * scale, top * scale, x1 * scale, bottom * scale)
