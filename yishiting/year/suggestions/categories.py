"""The two category trees: six classes of the district; six groups and twelve aspects of the subdistricts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Branch:
    """One class, the district class it maps to, and its parts."""

    name: str
    maps_to: str = ""
    below: tuple["Branch", ...] = ()


#: 日常生活、社区安全、环境秩序、公共服务、社区建设、党群工作（案例），其余归入“其他”。
DISTRICT = tuple(
    Branch(name) for name in ("日常生活", "社区安全", "环境秩序", "公共服务", "社区建设", "党群工作", "其他")
)

#: 出行、停车、养老、扰民、环境、管理六大类（案例）；十二个方面案例未列名，按六大类各分两个方面。
STREET = (
    Branch("出行", "公共服务", (Branch("道路和出入口", "公共服务"), Branch("公交和无障碍", "公共服务"))),
    Branch("停车", "环境秩序", (Branch("停车位", "环境秩序"), Branch("停车秩序", "环境秩序"))),
    Branch("养老", "公共服务", (Branch("助老服务", "公共服务"), Branch("适老设施", "日常生活"))),
    Branch("扰民", "环境秩序", (Branch("噪声油烟", "环境秩序"), Branch("违建群租", "社区安全"))),
    Branch("环境", "环境秩序", (Branch("卫生绿化", "环境秩序"), Branch("设施维修", "社区建设"))),
    Branch("管理", "社区建设", (Branch("物业管理", "日常生活"), Branch("安全防范", "社区安全"))),
)
